#pragma once

namespace commonweal {

/// From now on, the first SIGINT or SIGTERM is only noted; a second one ends the program at once.
void note_interrupts();

/// The exit code of the signal that came, 130 or 143; 0 when none did.
int interrupted() noexcept;

}  // namespace commonweal
