//! End to end: phones, server and desk together, and the edges of the repository.

mod bridge;
mod edges;
mod simulation;
