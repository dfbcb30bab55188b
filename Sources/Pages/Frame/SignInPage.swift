/// The page that takes a token once.
package struct SignInPage {
  let frame: Frame
  let form: FormView

  /// `next` is where it leads once signed in.
  package init(next: String?, wrong: String? = nil, notice: String? = nil, foot: String) {
    frame = Frame(
      "Sign in", for: nil, notice: notice.map { Frame.Notice($0, []) },
      wrong: wrong.map { [Frame.Wrong($0, in: "token")] } ?? [], foot: foot)
    form = FormView(
      "/sign-in", hidden: next.map { [("next", $0)] } ?? [],
      [
        FieldView(
          "token", "Access token", .password,
          hint: "What smi-ledger token create printed on its last line.", longest: 100,
          isNeeded: true, wrong: wrong)
      ], button: "Sign in")
  }

  package var html: String { Templates.render(self, "sign-in") }
}
