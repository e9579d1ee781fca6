namespace LocalAI.Pipeline.ChatTemplates;

/// <summary>
/// What a template can do, as its source and trial renders show. <see cref="ChatTemplate.Render"/> adapts each
/// conversation to it, so a caller always passes messages in OpenAI's full shape:
/// <list type="bullet">
/// <item>without system role, system texts go in front of the first user message;</item>
/// <item>without tools, their JSON goes into the system message, with how to call them;</item>
/// <item>without tool calls, calls and results become JSON in assistant and user messages;</item>
/// <item>content parts become one string, or a string becomes parts, where the template needs that;</item>
/// <item>arguments of calls become an object or a JSON string where the template takes only one of them.</item>
/// </list>
/// </summary>
public sealed record ChatTemplateTraits
{
    /// <summary>A system message shows in the prompt.</summary>
    public bool SupportsSystemRole { get; init; } = true;

    /// <summary>Tools show in the prompt.</summary>
    public bool SupportsTools { get; init; }

    /// <summary>Tools show only where there is a system message; an empty one is added.</summary>
    public bool ToolsNeedSystemMessage { get; init; }

    /// <summary>Earlier tool calls of the assistant show in the prompt.</summary>
    public bool SupportsToolCalls { get; init; }

    /// <summary>Arguments of earlier calls must be JSON text; an object fails or prints wrongly.</summary>
    public bool RequiresStringArguments { get; init; }

    /// <summary>Arguments of earlier calls must be an object; text fails or is quoted twice.</summary>
    public bool RequiresObjectArguments { get; init; }

    /// <summary>Content may be an array of parts.</summary>
    public bool SupportsContentParts { get; init; }

    /// <summary>Content must be an array of parts; plain text is lost.</summary>
    public bool RequiresContentParts { get; init; }

    /// <summary>A message with null content fails or prints "None"; it needs an empty string.</summary>
    public bool RequiresContent { get; init; }

    /// <summary>The variable that switches thinking, for chat_template_kwargs; null where there is none.</summary>
    public string? ThinkingSwitch { get; init; }

    /// <summary>There is a variable that switches thinking.</summary>
    public bool SupportsThinkingSwitch => ThinkingSwitch is not null;

    /// <summary>The template reads <c>reasoning_effort</c>.</summary>
    public bool SupportsReasoningEffort { get; init; }

    /// <summary>What opens a thought; null where the template knows none.</summary>
    public string? ThinkStart { get; init; }

    /// <summary>What closes a thought.</summary>
    public string? ThinkEnd { get; init; }

    /// <summary>How the model writes tool calls.</summary>
    public ToolCallFormat ToolCallFormat { get; init; }

    /// <summary>Whether this prompt ends inside a thought, so that the answer starts with reasoning.</summary>
    public bool OpensThought(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return ThinkStart is { Length: > 0 } start && prompt.AsSpan().TrimEnd().EndsWith(start, StringComparison.Ordinal);
    }
}
