#pragma once

namespace commonweal {

/// From now on, the first SIGINT, SIGTERM or SIGUSR1 is only noted; a second one ends the program at once.
void note_interrupts();

/// The exit code of the signal that came, 130 or 143; 0 when none did.
int interrupted() noexcept;

/// True when it was SIGUSR1, by which schedulers say that time is nearly over.
bool asked_to_pause() noexcept;

}  // namespace commonweal
