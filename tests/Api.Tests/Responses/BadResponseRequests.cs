namespace LocalAI.Pipeline.Api.Tests.Responses;

/// <summary>Requests for responses that are refused: fields beside a good input, then inputs; each with its code and the field that is named.</summary>
internal static class BadResponseRequests
{
    private const string Tool = "\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]";

    public static TheoryData<string, string, string?> All
    {
        get
        {
            var rows = new TheoryData<string, string, string?>
            {
                { "[]", "invalid_type", null },
                { "{}", "missing_required_parameter", "input" },
                { "{\"input\":1}", "invalid_type", "input" },
                { "{\"input\":[]}", "invalid_value", "input" },
            };
            foreach (var (fields, code, param) in Fields)
            {
                rows.Add($"{{\"input\":\"hi\",{fields}}}", code, param);
            }

            foreach (var (items, code, param) in Inputs)
            {
                rows.Add($"{{\"input\":[{items}]}}", code, param);
            }

            return rows;
        }
    }

    private static readonly (string Fields, string Code, string? Param)[] Fields =
    [
        ("\"model\":\"\"", "invalid_value", "model"),
        ("\"what\":1", "unknown_parameter", "what"),
        ("\"messages\":[]", "unknown_parameter", "messages"),
        ("\"instructions\":1", "invalid_type", "instructions"),
        ("\"temperature\":3", "invalid_value", "temperature"),
        ("\"max_output_tokens\":0", "invalid_value", "max_output_tokens"),
        ("\"max_tool_calls\":0", "invalid_value", "max_tool_calls"),
        ("\"top_logprobs\":21", "invalid_value", "top_logprobs"),
        ("\"stream\":\"yes\"", "invalid_type", "stream"),
        ("\"stream_options\":{}", "invalid_value", "stream_options"),
        ("\"stream\":true,\"stream_options\":{\"include_obfuscation\":true}", "unsupported_parameter", "stream_options.include_obfuscation"),
        ("\"truncation\":\"some\"", "invalid_value", "truncation"),
        ("\"service_tier\":\"priority\"", "unsupported_parameter", "service_tier"),
        ("\"prompt\":{\"id\":\"p\"}", "unsupported_parameter", "prompt"),
        ("\"context_management\":[]", "unsupported_parameter", "context_management"),
        ("\"moderation\":{}", "unsupported_parameter", "moderation"),
        ("\"include\":[\"all\"]", "invalid_value", "include[0]"),
        ("\"include\":[1]", "invalid_type", "include[0]"),
        ("\"metadata\":{\"a\":1}", "invalid_type", "metadata.a"),
        ("\"text\":{\"verbosity\":\"low\"}", "unsupported_parameter", "text.verbosity"),
        ("\"text\":{\"verbosity\":\"loud\"}", "invalid_value", "text.verbosity"),
        ("\"text\":{\"what\":1}", "unknown_parameter", "text.what"),
        ("\"text\":{\"format\":{\"type\":\"xml\"}}", "invalid_value", "text.format.type"),
        ("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\"}}", "missing_required_parameter", "text.format.schema"),
        ("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"schema\":{\"type\":\"what\"}}}", "invalid_json_schema", "text.format.schema#/type"),
        ("\"text_format\":\"json_schema\"", "invalid_value", "text_format"),
        ("\"text_format\":{\"type\":\"xml\"}", "invalid_value", "text_format.type"),
        ("\"text_format\":{\"type\":\"text\"},\"text\":{\"format\":{\"type\":\"text\"}}", "invalid_value", "text_format"),
        ("\"reasoning\":{\"effort\":\"huge\"}", "invalid_value", "reasoning.effort"),
        ("\"reasoning\":{\"summary\":\"long\"}", "invalid_value", "reasoning.summary"),
        ("\"reasoning\":{\"mode\":\"pro\"}", "unsupported_parameter", "reasoning.mode"),
        ("\"tools\":[{\"type\":\"web_search\"}]", "unsupported_parameter", "tools[0].type"),
        ("\"tools\":[{\"type\":\"mcp\",\"server_label\":\"s\"}]", "unsupported_parameter", "tools[0].type"),
        ("\"tools\":[{\"type\":\"function\"}]", "missing_required_parameter", "tools[0].name"),
        ("\"tools\":[{\"type\":\"function\",\"name\":\"a b\"}]", "invalid_value", "tools[0].name"),
        ("\"tools\":[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"function\",\"name\":\"f\"}]", "invalid_value", "tools"),
        ("\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"async\":true}]", "unsupported_parameter", "tools[0].async"),
        ("\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"function\":{}}]", "unknown_parameter", "tools[0].function"),
        ("\"tool_choice\":\"required\"", "invalid_value", "tool_choice"),
        ("\"tool_choice\":\"some\"", "invalid_value", "tool_choice"),
        (Tool + ",\"tool_choice\":{\"type\":\"function\",\"name\":\"g\"}", "invalid_value", "tool_choice.name"),
        (Tool + ",\"tool_choice\":{\"type\":\"web_search_preview\"}", "unsupported_parameter", "tool_choice.type"),
        (Tool + ",\"tool_choice\":{\"type\":\"allowed_tools\",\"tools\":[]}", "invalid_value", "tool_choice.tools"),
        (Tool + ",\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"often\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]}", "invalid_value", "tool_choice.mode"),
    ];

    private static readonly (string Items, string Code, string? Param)[] Inputs =
    [
        ("1", "invalid_type", "input[0]"),
        ("{\"content\":\"hi\"}", "missing_required_parameter", "input[0].role"),
        ("{\"role\":\"robot\",\"content\":\"hi\"}", "invalid_value", "input[0].role"),
        ("{\"role\":\"user\"}", "missing_required_parameter", "input[0].content"),
        ("{\"role\":\"user\",\"content\":1}", "invalid_type", "input[0].content"),
        ("{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"x\"}]}", "unsupported_parameter", "input[0].content[0].type"),
        ("{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\"x\"}]}", "unsupported_parameter", "input[0].content[0].type"),
        ("{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\"}]}", "unsupported_parameter", "input[0].content[0].type"),
        ("{\"role\":\"user\",\"content\":[{\"type\":\"output_text\",\"text\":\"x\"}]}", "invalid_value", "input[0].content[0].type"),
        ("{\"role\":\"user\",\"content\":\"hi\",\"what\":1}", "unknown_parameter", "input[0].what"),
        ("{\"role\":\"user\",\"content\":\"hi\",\"id\":\"\"}", "invalid_value", "input[0].id"),
        ("{\"role\":\"user\",\"content\":\"hi\",\"status\":\"new\"}", "invalid_value", "input[0].status"),
        ("{\"role\":\"assistant\",\"content\":\"hi\",\"phase\":\"late\"}", "invalid_value", "input[0].phase"),
        ("{\"type\":\"web_search_call\",\"id\":\"x\"}", "unsupported_parameter", "input[0].type"),
        ("{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\"}", "missing_required_parameter", "input[0].arguments"),
        ("{\"type\":\"function_call_output\",\"call_id\":\"c\"}", "missing_required_parameter", "input[0].output"),
        ("{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":[{\"type\":\"input_image\"}]}", "unsupported_parameter", "input[0].output[0].type"),
        ("{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\",\"namespace\":\"n\"}", "unsupported_parameter", "input[0].namespace"),
        ("{\"type\":\"compaction\"}", "missing_required_parameter", "input[0].encrypted_content"),
        ("{\"type\":\"item_reference\"}", "missing_required_parameter", "input[0].id"),
    ];
}
