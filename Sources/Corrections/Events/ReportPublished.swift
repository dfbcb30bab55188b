/// A report was published: from here on anybody can see that it said this.
public struct ReportPublished: Hashable, Sendable {
  /// The first day that it counts.
  public let from: CivilDate
  /// The last day that it counts.
  public let to: CivilDate
  /// Which corrections it counts.
  public let filter: ReportFilter
  /// The rule by which a correction counts for the period.
  public let rule: String
  /// The position of the log that it rests on.
  public let position: Int
  /// The RFC 6962 root of the log there, base64.
  public let root: String
  /// The form of its JSON: it goes up when the same figures are written otherwise.
  public let form: Int
  /// The SHA-256 of its JSON, base64, without the line feed that ends it.
  public let digest: String

  /// Makes the event of its parts.
  public init(
    from: CivilDate, to: CivilDate, filter: ReportFilter, rule: String, position: Int,
    root: String, form: Int, digest: String
  ) {
    self.from = from
    self.to = to
    self.filter = filter
    self.rule = rule
    self.position = position
    self.root = root
    self.form = form
    self.digest = digest
  }

  /// What it counts.
  public var period: ReportPeriod? { ReportPeriod(from: from, to: to) }
}
