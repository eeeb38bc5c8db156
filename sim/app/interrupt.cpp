#include "sim/app/interrupt.hpp"

#include <signal.h>

#include <initializer_list>

namespace commonweal {

namespace {

volatile sig_atomic_t came = 0;

void note(int signal) { came = signal; }

}  // namespace

void note_interrupts() {
    struct sigaction action {};
    action.sa_handler = note;
    action.sa_flags = SA_RESETHAND | SA_RESTART;
    for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) sigaction(signal, &action, nullptr);
}

int interrupted() noexcept { return came ? 128 + came : 0; }

bool asked_to_pause() noexcept { return came == SIGUSR1; }

}  // namespace commonweal
