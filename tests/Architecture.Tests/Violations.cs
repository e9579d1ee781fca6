namespace LocalAI.Pipeline.Architecture.Tests;

internal static class Violations
{
    /// <summary>Fails with one line for each.</summary>
    public static void AssertNone(IEnumerable<string> violations)
    {
        var lines = violations.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, string.Join(Environment.NewLine, lines.Prepend("")));
    }
}
