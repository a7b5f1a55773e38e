//! Indicators I01… over the coarse rows the desk holds.
