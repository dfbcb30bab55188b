extension EventLog {
  /// Brings the tag index up to the newest event; it is complete without, only less of it is on the
  /// disk.
  public func indexAll() throws(LogError) {
    try exclusively { writer throws(LogError) in try writer.indexAll() }
  }
}
