extension CSVProblems {
  /// Problems that are seen only by whoever compares the rows of a file, in its order.
  public static func found(
    in file: String?, _ problems: [WireError], total: Int
  ) -> CSVProblems {
    CSVProblems(
      file: file, problems: problems, total: total,
      counts: problems.first.map { [$0.kind: total] } ?? [:], areBetweenRows: true)
  }
}

extension CSVWarning {
  /// A registration that is in force at the same time as another.
  public static func overlap(line: Int, _ text: String) -> CSVWarning {
    CSVWarning(
      kind: .overlappingRegistrations, line: line, place: "effective_from", text: text)
  }
}
