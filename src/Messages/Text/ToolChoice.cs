namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Which tools may or must be called.</summary>
public sealed record ToolChoice
{
    /// <summary>Whether tools are called.</summary>
    public required ToolChoiceMode Mode { get; init; }

    /// <summary>Only these of the request's tools; null means all. One name with <see cref="ToolChoiceMode.Required"/> is a forced function.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <summary>Whether more than one call may be made in an answer.</summary>
    public bool Parallel { get; init; } = true;
}
