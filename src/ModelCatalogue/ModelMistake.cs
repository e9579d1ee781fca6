namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary>Something wrong, or worth a warning, in a model's file.</summary>
/// <param name="Line">From 1; 0 where it is about the file as a whole.</param>
/// <param name="Reason">What is wrong and what was expected.</param>
public sealed record ModelMistake(int Line, string Reason)
{
    /// <inheritdoc />
    public override string ToString() => Line > 0 ? $"line {Line}: {Reason}" : Reason;
}
