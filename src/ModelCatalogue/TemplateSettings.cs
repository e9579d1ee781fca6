namespace LocalAI.Pipeline.ModelCatalogue;

/// <summary><c>template</c> of the file: Go templates in LocalAI's sense, or the model's own.</summary>
public sealed record TemplateSettings
{
    /// <summary>A whole chat.</summary>
    public string? Chat { get; init; }

    /// <summary>One message of a chat.</summary>
    public string? ChatMessage { get; init; }

    /// <summary>A completion.</summary>
    public string? Completion { get; init; }

    /// <summary>An edit.</summary>
    public string? Edit { get; init; }

    /// <summary>A chat with functions.</summary>
    public string? Function { get; init; }

    /// <summary>Content with media.</summary>
    public string? Multimodal { get; init; }

    /// <summary>Put between messages; null is a line end.</summary>
    public string? JoinChatMessagesByCharacter { get; init; }

    /// <summary>Use the template in the model file; also when no chat template is given.</summary>
    public bool UseTokenizerTemplate { get; init; }
}
