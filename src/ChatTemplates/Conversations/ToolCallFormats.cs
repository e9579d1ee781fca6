namespace LocalAI.Pipeline.ChatTemplates.Conversations;

/// <summary>Guesses the form of tool calls from words in a template's source.</summary>
internal static class ToolCallFormats
{
    /// <summary>Ordered: a later sign also occurs in templates of an earlier family.</summary>
    private static readonly (string Sign, ToolCallFormat Format)[] Signs =
    [
        ("<|channel|>commentary", ToolCallFormat.Harmony),
        ("[TOOL_CALLS]", ToolCallFormat.Mistral),
        ("<|START_ACTION|>", ToolCallFormat.CommandR),
        ("Action: ```json", ToolCallFormat.CommandR),
        ("<\uff5ctool\u2581call", ToolCallFormat.DeepSeek),
        ("<start_function_call>", ToolCallFormat.FunctionGemma),
        ("<function=", ToolCallFormat.FunctionXml),
        ("<arg_key>", ToolCallFormat.Generic),
        ("<tool_call>", ToolCallFormat.Hermes),
        ("<|start_of_role|>", ToolCallFormat.Granite),
        ("<|tool_call|>", ToolCallFormat.Phi),
        ("<|tool|>", ToolCallFormat.Phi),
        ("<|python_tag|>", ToolCallFormat.Llama3Json),
        ("\"parameters\":", ToolCallFormat.Llama3Json),
    ];

    public static ToolCallFormat Guess(string source, bool knowsTools)
    {
        if (!knowsTools) return ToolCallFormat.None;
        foreach ((string sign, ToolCallFormat format) in Signs)
            if (source.Contains(sign, StringComparison.Ordinal)) return format;
        return ToolCallFormat.Generic;
    }
}
