using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.ChatTemplates;

/// <summary>What one render gets: the conversation and the variables that chat templates know.</summary>
public sealed record ChatTemplateInput
{
    /// <summary>Messages in OpenAI's shape: role, content (text, parts or null), tool_calls, tool_call_id and so on.</summary>
    public required JsonArray Messages { get; init; }

    /// <summary>Tools in OpenAI's shape, <c>{"type":"function","function":{...}}</c>; null or empty for none.</summary>
    public JsonArray? Tools { get; init; }

    /// <summary>Documents for templates that ground answers in them.</summary>
    public JsonArray? Documents { get; init; }

    /// <summary>End with the opening of the assistant's turn, so that the model answers.</summary>
    public bool AddGenerationPrompt { get; init; } = true;

    /// <summary>
    /// End within the last message, right after its content, so that the model carries on with it. Overrides
    /// <see cref="AddGenerationPrompt"/>.
    /// </summary>
    public bool ContinueFinalMessage { get; init; }

    /// <summary>The text of the beginning-of-sequence token; empty where the tokenizer adds it itself.</summary>
    public string BosToken { get; init; } = "";

    /// <summary>The text of the end-of-sequence token.</summary>
    public string EosToken { get; init; } = "";

    /// <summary>
    /// Further variables, from a request's chat_template_kwargs. They cannot replace messages, tools, documents,
    /// the tokens or add_generation_prompt.
    /// </summary>
    public JsonObject? Arguments { get; init; }

    /// <summary>What <c>strftime_now</c> formats.</summary>
    public DateTimeOffset Now { get; init; }
}
