//! What people do on the phones, through the session's commands, on real files.

mod cards;
mod day_staff;
mod desk_args;
mod fixture_night;
mod grab;
mod grab_steps;
mod grab_walk;
mod leaving;
mod lock;
mod lost;
mod missing;
mod month;
mod night_list;
mod pair;
mod pairs;
mod referrals;
mod review;
mod step_up;
mod stock;
mod team;
mod todo;
mod trace;
