import Experiments
@preconcurrency import Glibc

/// Serves as a worker of a `WorkerPool`: reads trials from standard input, runs them one after the other and answers
/// on standard output, until the pool closes the pipe.
///
/// Takes over the standard streams: what `run` prints goes to standard error, which the pool keeps as the trial's log,
/// and standard input is empty. When the pool's process ends in whatever way, this process and its group end at once.
/// Throws only where the pool sends what is no request.
package func serveWorker(run: (TrialSpecification) throws -> Outcome) throws {
  let requests = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
  let answers = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
  let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
  dup2(nothing, STDIN_FILENO)
  close(nothing)
  dup2(STDERR_FILENO, STDOUT_FILENO)
  setvbuf(stdout, nil, Int32(_IOLBF), 0)
  endWithParent(pipe: requests)

  guard send(WorkerMessage.ready, to: answers) else { return }
  var incoming = LineBuffer()
  while let line = nextLine(from: requests, &incoming) {
    let request = try TrialRequest(line: line)
    let answer: WorkerMessage
    do {
      guard request.specification.key == request.key else { throw ChangedRequest() }
      let (outcome, cost) = try measured { try run(request.specification) }
      answer = .finished(request.key, outcome, cost)
    } catch {
      answer = .failed(request.key, "\(error)")
    }
    fflush(stdout)
    guard send(answer, to: answers) else { return }
  }
}

/// A specification whose digest is not the key it came with.
private struct ChangedRequest: Error, CustomStringConvertible {
  var description: String { "the trial's specification reached the worker changed" }
}

private func nextLine(from descriptor: Int32, _ incoming: inout LineBuffer) -> [UInt8]? {
  while true {
    if let line = incoming.nextLine() { return line }
    let count = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count > 0 { incoming.append(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      return count
    }
    if count == 0 || (count < 0 && errno != EINTR) { return nil }
  }
}

private func send(_ message: WorkerMessage, to descriptor: Int32) -> Bool {
  var rest = message.line[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
  }
  return true
}

/// Starts a thread that ends this process and its group when the parent has gone.
///
/// The pipe wakes it; `PR_SET_PDEATHSIG` would also fire when merely the thread that started this process ends.
private func endWithParent(pipe: Int32) {
  let parent = getppid()
  var thread = pthread_t()
  let context = UnsafeMutablePointer<(pipe: Int32, parent: pid_t)>.allocate(capacity: 1)
  context.initialize(to: (pipe, parent))
  pthread_create(
    &thread, nil,
    { raw in
      let (pipe, parent) = raw!.assumingMemoryBound(to: (pipe: Int32, parent: pid_t).self).pointee
      var descriptor = pollfd(fd: pipe, events: 0, revents: 0)
      while poll(&descriptor, 1, -1) <= 0 || Int32(descriptor.revents) & POLLHUP == 0 {}
      while getppid() == parent { usleep(20_000) }
      kill(getpgrp() == getpid() ? 0 : getpid(), SIGKILL)
      return nil
    }, context)
}
