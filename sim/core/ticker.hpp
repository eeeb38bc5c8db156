#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace commonweal {

/// Calls a function again and again from a thread of its own, with a pause before each call, until it is destroyed.
class Ticker {
public:
    Ticker(std::chrono::milliseconds pause, std::function<void()> call)
        : thread_([this, pause, call = std::move(call)](const std::stop_token& stop) {
              std::unique_lock lock(mutex_);
              while (!stop.stop_requested()) {
                  wake_.wait_for(lock, stop, pause, [] { return false; });
                  if (!stop.stop_requested()) call();
              }
          }) {}

private:
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;  ///< ends first, since it is the last member
};

}  // namespace commonweal
