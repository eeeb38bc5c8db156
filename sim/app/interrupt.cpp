#include "sim/app/interrupt.hpp"

#include <signal.h>

namespace commonweal {

namespace {

volatile sig_atomic_t came = 0;

void note(int signal) { came = signal; }

}  // namespace

void note_interrupts() {
    struct sigaction action {};
    action.sa_handler = note;
    action.sa_flags = SA_RESETHAND | SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

int interrupted() noexcept { return came ? 128 + came : 0; }

}  // namespace commonweal
