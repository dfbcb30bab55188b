/// What is answered instead of a page: the sentence, whether anything was recorded, and what next.
package struct ProblemPage {
  let frame: Frame
  let heading: String
  let sentences: [String]
  let hasLinks: Bool
  let links: [Frame.Link]

  package init(
    _ heading: String, _ sentences: [String], for visitor: Frame.Visitor?,
    links: [(name: String, address: String)], foot: String
  ) {
    frame = Frame(heading, for: visitor, foot: foot)
    self.heading = heading
    self.sentences = sentences
    self.links = links.map { Frame.Link(name: $0.name, address: $0.address) }
    hasLinks = !links.isEmpty
  }

  package var html: String { Templates.render(self, "problem") }
}
