namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>How a model writes its tool calls into its text.</summary>
internal enum ToolCallFormat
{
    /// <summary>The request has no tools: everything is text.</summary>
    None,

    /// <summary><c>&lt;tool_call&gt;{"name":..,"arguments":{..}}&lt;/tool_call&gt;</c>, several in a row.</summary>
    Hermes,

    /// <summary>The answer is <c>{"name":..,"parameters":{..}}</c>, with or without <c>&lt;|python_tag|&gt;</c>, several separated by <c>;</c> or a newline.</summary>
    Llama3Json,

    /// <summary><c>[TOOL_CALLS][{..}, {..}]</c>, <c>[TOOL_CALLS]name{..}</c> or <c>[TOOL_CALLS]name[ARGS]{..}</c>.</summary>
    Mistral,

    /// <summary>The answer is <c>{"tool_calls":[{"name":..,"arguments":{..}}]}</c> or one such call.</summary>
    GenericJson,

    /// <summary>Calls are found in the finished answer, as the model's file says (<see cref="CallPatterns"/>).</summary>
    Patterns,
}
