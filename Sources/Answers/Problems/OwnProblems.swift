/// An error that says itself what a person is told.
package protocol WithProblem: Error {
  /// What a person is told.
  var problem: Problem { get }
}

/// Something named that isn't there: exit 66.
package struct NotFound: WithProblem {
  package let message: String
  package init(_ message: String) { self.message = message }
  package var problem: Problem { Problem("notFound", 66, message) }
}

/// Something that who asks for it may not do: exit 77.
package struct NotAllowed: WithProblem {
  package let message: String
  package init(_ message: String) { self.message = message }
  package var problem: Problem { Problem("notAllowed", 77, message) }
}

/// A value that is not in the form that is asked for: exit 64.
package struct NotUnderstood: WithProblem {
  package let message: String
  package init(_ message: String) { self.message = message }
  package var problem: Problem { Problem("usage", 64, message) }
}
