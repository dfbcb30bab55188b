/// A piece of a verification that needs none of the others, and may be done beside them.
struct VerificationPart: Sendable {
  /// What it looks at.
  let subject: Subject
  /// Looks at it.
  let check: @Sendable () throws(LogError) -> Finding

  init(_ subject: Subject, _ check: @escaping @Sendable () throws(LogError) -> Finding) {
    self.subject = subject
    self.check = check
  }

  /// What parts look at, in the order in which their findings are told.
  enum Subject: String, CaseIterable {
    case index = "the tag index"
    case values = "values and documents"
    case references = "reference data"
  }

  /// What one part found, or all that look at the same.
  struct Finding: Sendable {
    var problems = Problems()
    /// Stands for the rows found in the index.
    var index = IndexSum()
    /// How many rows of events that the index is not complete for were found.
    var later = 0

    mutating func add(_ other: Finding) {
      problems.add(other.problems)
      index.add(other.index)
      later += other.later
    }
  }
}

extension VerificationPass {
  /// Does all parts, those first that may take long, and adds what they found in the order of their subjects.
  mutating func checkParts(of log: EventLog) throws(LogError) {
    let parts = referenceParts(of: log) + valueParts(of: log) + indexParts(of: log)
    var found: [VerificationPart.Subject: VerificationPart.Finding] = [:]
    try onAllCores(parts.count) { number throws(LogError) in
      do throws(LogError) {
        return try parts[number].check()
      } catch .damaged(let position, let what) {
        var finding = VerificationPart.Finding()
        finding.problems.add(position, Self.unreadable(parts[number].subject.rawValue, what))
        return finding
      } catch {
        throw error
      }
    } take: { number, finding in
      found[parts[number].subject, default: .init()].add(finding)
    }
    for subject in VerificationPart.Subject.allCases {
      guard let finding = found[subject] else { continue }
      problems.add(finding.problems)
      guard subject == .index else { continue }
      try noting(subject.rawValue) { pass throws(LogError) in
        try pass.finishIndex(of: log, finding)
      }
    }
  }
}
