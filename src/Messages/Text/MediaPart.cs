namespace LocalAI.Pipeline.Messages.Text;

/// <summary>A picture, sound or film in a message. All of a request together are no larger than a request's body may be (<c>Requests:MaxBodyBytes</c>).</summary>
public sealed record MediaPart
{
    /// <summary>What it is.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>Its media type, for example <c>image/png</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Its bytes in Base64.</summary>
    public required string Base64 { get; init; }
}
