public import Corrections
internal import EventLog
internal import Wire

extension Ledger {
  /// Records the products of a file that are new or different; the whole file is checked first.
  ///
  /// Durable on return, in slices of 500 rows; after an interruption the same file goes on where it
  /// was, since what is held already is passed over. A product that the file leaves out stays.
  ///
  /// - Throws: ``CSVProblems``, ``FileProblem`` or ``WireError`` when the file is refused; nothing
  ///   is recorded then. ``LogError`` when the log can't be read or written.
  public func importProducts(
    _ path: String, by actor: Corrections.Actor, at time: Instant, options: ImportOptions
  ) throws -> Imported {
    let whole = try CSVFile<ProductRow>.read(path, options.csv) { row, line in
      try CodeGuard.check(
        hex: [("manufacturer", row.product.manufacturer), ("model", row.product.model)],
        file: path, line: line)
    }
    var counts = Counts()
    try CSVFile<ProductRow>.readSlices(of: path, options.csv, same: whole, rows: 500) { rows in
      var events: [Event] = []
      // A product may stand in a file twice; what the file said of it before counts as held.
      var listed: [Product] = []
      for product in rows.map(\.product) {
        let held =
          try listed.last { $0.hasIdentity(of: product) } ?? self.product(like: product)
        switch held {
        case product?: counts.unchanged += 1
        case nil: counts.added += 1
        case _?: counts.changed += 1
        }
        guard held != product else { continue }
        listed.append(product)
        events.append(.productListed(product))
      }
      counts.done += rows.count
      if !events.isEmpty, !options.isDryRun {
        counts.position = try append(events, [], by: actor, at: time)
      }
      options.progress(counts.done, whole.rows)
    }
    let done = ProductsImported(
      rows: whole.rows, listed: counts.added + counts.changed, asAt: time)
    if !options.isDryRun, try counts.position != nil || !isRepeated(done) {
      counts.position = try append([.productsImported(done)], [], by: actor, at: time)
    }
    return counts.imported(whole)
  }

  /// Whether the last list that was read to its end spoke of the same moment and rows.
  private func isRepeated(_ done: ProductsImported) throws -> Bool {
    guard case .productsImported(let last)? = try standing(Tag.products).last?.event else {
      return false
    }
    return last.asAt == done.asAt && last.rows == done.rows
  }

  /// The product of the same identity as last listed.
  func product(like product: Product) throws -> Product? {
    let tag = Tag.product(product)
    for recorded in try standing(tag).reversed() {
      if case .productListed(let held) = recorded.event, held.hasIdentity(of: product) {
        return held
      }
    }
    return nil
  }
}

extension Product {
  func hasIdentity(of other: Product) -> Bool {
    deviceType == other.deviceType && esmeVariantFirst == other.esmeVariantFirst
      && manufacturer == other.manufacturer && model == other.model
      && firmwareVersion == other.firmwareVersion
  }
}
