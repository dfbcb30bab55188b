extension EventLog {
  /// The positions at which the recorded time went back, since a clock that was wrong was put right.
  public func clockSteps() throws(LogError) -> [Int] {
    try positions(of: Mark.clockWentBack, after: 0, upTo: .max)
  }
}
