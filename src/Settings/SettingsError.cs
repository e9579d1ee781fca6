namespace LocalAI.Pipeline.Settings;

/// <summary>One setting that is wrong.</summary>
/// <param name="Key">Section and key, for example <c>Relay:SilenceTimeout</c>.</param>
/// <param name="Problem">What is wrong, what was expected and where the value came from or can be set; never a secret.</param>
public sealed record SettingsError(string Key, string Problem)
{
    /// <inheritdoc />
    public override string ToString() => $"{Key} {Problem}";
}
