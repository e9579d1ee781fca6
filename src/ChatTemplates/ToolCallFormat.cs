namespace LocalAI.Pipeline.ChatTemplates;

/// <summary>How a family of models writes its tool calls; a guess from the template.</summary>
public enum ToolCallFormat
{
    /// <summary>The template knows no tools.</summary>
    None,

    /// <summary><c>&lt;tool_call&gt;{"name":...,"arguments":{...}}&lt;/tool_call&gt;</c>: Hermes, Qwen 2.5 and 3, Granite 4.</summary>
    Hermes,

    /// <summary><c>{"name":...,"parameters":{...}}</c>, perhaps after <c>&lt;|python_tag|&gt;</c>: Llama 3.</summary>
    Llama3Json,

    /// <summary><c>[TOOL_CALLS]</c> and a JSON array, or name and arguments.</summary>
    Mistral,

    /// <summary><c>&lt;|tool_call|&gt;</c> and a JSON array: Granite 3.</summary>
    Granite,

    /// <summary>A JSON array of actions: Command R and its successors.</summary>
    CommandR,

    /// <summary>DeepSeek's own tokens around name and arguments.</summary>
    DeepSeek,

    /// <summary><c>&lt;|tool_call|&gt;</c> and a JSON array: Phi 4.</summary>
    Phi,

    /// <summary><c>&lt;start_function_call&gt;call:name{...}</c>: FunctionGemma.</summary>
    FunctionGemma,

    /// <summary><c>&lt;function=name&gt;&lt;parameter=...&gt;</c>: Qwen 3 Coder.</summary>
    FunctionXml,

    /// <summary>Calls as messages in the commentary channel: gpt-oss.</summary>
    Harmony,

    /// <summary>Tools are known, or told in the system message, but the form is none of the others: plain JSON.</summary>
    Generic,
}
