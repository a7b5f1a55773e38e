// One drawing per family of services; the word beside it says which.
import Bed from '@lucide/svelte/icons/bed'
import Briefcase from '@lucide/svelte/icons/briefcase'
import HeartPulse from '@lucide/svelte/icons/heart-pulse'
import Scale from '@lucide/svelte/icons/scale'
import Shield from '@lucide/svelte/icons/shield'
import Stethoscope from '@lucide/svelte/icons/stethoscope'
import type { Component } from 'svelte'
import type { ServiceType } from '../../lib/generated/ServiceType'

type Icon = Component<{ size: number }>

const icons = {
  sti_clinic: Stethoscope,
  infectious_disease: Stethoscope,
  family_clinic: Stethoscope,
  pregnancy_termination: Stethoscope,
  emergency_dept: HeartPulse,
  migrant_clinic: Stethoscope,
  mental_health: HeartPulse,
  serd: HeartPulse,
  emergency_shelter: Bed,
  escape_house: Bed,
  semi_autonomy: Bed,
  antitrafficking_desk: Scale,
  helpline: Shield,
  antiviolence_centre: Shield,
  law_enforcement: Shield,
  minor_protection: Shield,
  assisted_return: Scale,
  legal_advice: Scale,
  asylum_commission: Scale,
  cas: Bed,
  questura_permit: Scale,
  court: Scale,
  social_services: Briefcase,
  desk: Briefcase,
  employment_centre: Briefcase,
  career_orientation: Briefcase,
  school_cpia: Briefcase,
  training: Briefcase,
  internship: Briefcase,
  housing_low_threshold: Bed,
  other: Briefcase,
} satisfies Record<ServiceType, Icon>

/** The drawing of a service. */
export function serviceIcon(service: ServiceType): Icon {
  return icons[service]
}
