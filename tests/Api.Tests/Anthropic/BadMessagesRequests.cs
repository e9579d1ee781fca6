namespace LocalAI.Pipeline.Api.Tests.Anthropic;

/// <summary>Messages requests that are refused: fields beside a good conversation, then conversations; each with its code and the field that is named.</summary>
internal static class BadMessagesRequests
{
    private const string Good = "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    public static TheoryData<string, string, string?> All
    {
        get
        {
            var rows = new TheoryData<string, string, string?>
            {
                { "[]", "invalid_type", null },
                { "{\"max_tokens\":9}", "missing_required_parameter", "messages" },
                { "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", "missing_required_parameter", "max_tokens" },
                { "{\"max_tokens\":9,\"messages\":[]}", "invalid_value", "messages" },
                { "{\"max_tokens\":9,\"messages\":{}}", "invalid_type", "messages" },
                { "{\"max_tokens\":9,\"messages\":[1]}", "invalid_type", "messages[0]" },
                { "{\"max_tokens\":1500,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1500},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", "invalid_value", "max_tokens" },
            };
            foreach (var (fields, code, param) in Fields)
            {
                rows.Add($"{{{Good},{fields}}}", code, param);
            }

            foreach (var (messages, code, param) in Conversations)
            {
                rows.Add($"{{\"max_tokens\":9,\"messages\":[{messages}]}}", code, param);
            }

            return rows;
        }
    }

    private static readonly (string Fields, string Code, string? Param)[] Fields =
    [
        ("\"model\":\"\"", "invalid_value", "model"),
        ("\"what\":1", "unknown_parameter", "what"),
        ("\"seed\":1", "unknown_parameter", "seed"),
        ("\"temperature\":1.5", "invalid_value", "temperature"),
        ("\"top_p\":\"x\"", "invalid_type", "top_p"),
        ("\"top_k\":-1", "invalid_value", "top_k"),
        ("\"stream\":1", "invalid_type", "stream"),
        ("\"stop_sequences\":[\"\"]", "invalid_value", "stop_sequences[0]"),
        ("\"stop_sequences\":{}", "invalid_type", "stop_sequences"),
        ("\"system\":1", "invalid_type", "system"),
        ("\"system\":[{\"type\":\"image\"}]", "unsupported_parameter", "system[0].type"),
        ("\"metadata\":{\"user\":\"u\"}", "unknown_parameter", "metadata.user"),
        ("\"service_tier\":\"flex\"", "invalid_value", "service_tier"),
        ("\"speed\":\"fast\"", "unsupported_parameter", "speed"),
        ("\"thread\":{\"type\":\"new\"}", "thread_unsupported_request", "thread"),
        ("\"container\":\"c\"", "unsupported_parameter", "container"),
        ("\"mcp_servers\":[{}]", "unsupported_parameter", "mcp_servers"),
        ("\"context_management\":{\"edits\":[{\"type\":\"clear_tool_uses_20250919\"}]}", "unsupported_parameter", "context_management.edits[0]"),
        ("\"context_management\":{\"edits\":[{\"type\":\"clear_thinking_20251015\",\"keep\":{\"type\":\"thinking_turns\",\"value\":1}}]}", "unsupported_parameter", "context_management.edits[0]"),
        ("\"cache_control\":{\"type\":\"forever\"}", "invalid_value", "cache_control.type"),
        ("\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1d\"}", "invalid_value", "cache_control.ttl"),
        ("\"thinking\":{\"type\":\"enabled\"}", "missing_required_parameter", "thinking.budget_tokens"),
        ("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1}", "invalid_value", "thinking.budget_tokens"),
        ("\"thinking\":{\"type\":\"between_tools\"}", "unsupported_parameter", "thinking.type"),
        ("\"thinking\":{\"type\":\"maybe\"}", "invalid_value", "thinking.type"),
        ("\"thinking\":{\"type\":\"adaptive\",\"display\":\"all\"}", "invalid_value", "thinking.display"),
        ("\"thinking\":{\"type\":\"disabled\",\"budget_tokens\":2000}", "unknown_parameter", "thinking.budget_tokens"),
        ("\"output_config\":{\"effort\":\"extreme\"}", "invalid_value", "output_config.effort"),
        ("\"output_config\":{\"format\":{\"type\":\"xml\"}}", "invalid_value", "output_config.format.type"),
        ("\"output_config\":{\"format\":{\"type\":\"json_schema\"}}", "missing_required_parameter", "output_config.format.schema"),
        ("\"output_format\":{\"type\":\"json_schema\",\"schema\":{}},\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{}}}", "invalid_value", "output_format"),
        ("\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]", "unsupported_parameter", "tools[0].type"),
        ("\"tools\":[{\"name\":\"f\"}]", "missing_required_parameter", "tools[0].input_schema"),
        ("\"tools\":[{\"name\":\"a b\",\"input_schema\":{}}]", "invalid_value", "tools[0].name"),
        ("\"tools\":[{\"name\":\"f\",\"input_schema\":[]}]", "invalid_type", "tools[0].input_schema"),
        ("\"tools\":[{\"name\":\"f\",\"input_schema\":{}},{\"name\":\"f\",\"input_schema\":{}}]", "invalid_value", "tools[1].name"),
        ("\"tools\":[{\"name\":\"f\",\"input_schema\":{},\"defer_loading\":true}]", "unsupported_parameter", "tools[0].defer_loading"),
        ("\"tools\":[{\"name\":\"f\",\"input_schema\":{},\"allowed_callers\":[\"code_execution_20250825\"]}]", "unsupported_parameter", "tools[0].allowed_callers[0]"),
        ("\"tool_choice\":{\"type\":\"any\"}", "invalid_value", "tool_choice"),
        ("\"tool_choice\":\"any\"", "invalid_type", "tool_choice"),
        ("\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],\"tool_choice\":{\"type\":\"tool\",\"name\":\"g\"}", "invalid_value", "tool_choice.name"),
        ("\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],\"tool_choice\":{\"type\":\"required\"}", "invalid_value", "tool_choice.type"),
    ];

    private static readonly (string Messages, string Code, string? Param)[] Conversations =
    [
        ("{\"content\":\"hi\"}", "missing_required_parameter", "messages[0].role"),
        ("{\"role\":\"tool\",\"content\":\"hi\"}", "invalid_value", "messages[0].role"),
        ("{\"role\":\"user\"}", "missing_required_parameter", "messages[0].content"),
        ("{\"role\":\"user\",\"content\":[]}", "invalid_value", "messages[0].content"),
        ("{\"role\":\"user\",\"content\":7}", "invalid_type", "messages[0].content"),
        ("{\"role\":\"user\",\"content\":[\"hi\"]}", "invalid_type", "messages[0].content[0]"),
        ("{\"role\":\"user\",\"content\":\"hi\",\"name\":\"bob\"}", "unknown_parameter", "messages[0].name"),
        ("{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}", "missing_required_parameter", "messages[0].content[0].text"),
        ("{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}}]}", "unsupported_parameter", "messages[0].content[0].source.type"),
        ("{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{}}]}", "unsupported_parameter", "messages[0].content[0].type"),
        ("{\"role\":\"user\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":{}}]}", "invalid_value", "messages[0].content[0].type"),
        ("{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\"}]}", "invalid_value", "messages[0].content[0].tool_use_id"),
        ("{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\"}]}", "missing_required_parameter", "messages[0].content[0].input"),
        ("{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":\"{}\"}]}", "invalid_type", "messages[0].content[0].input"),
        ("{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":{}}]}", "invalid_value", "messages[0]"),
        ("{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":{}},{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"f\",\"input\":{}}]}", "invalid_value", "messages[0].content[1].id"),
        ("{\"role\":\"assistant\",\"content\":[{\"type\":\"server_tool_use\",\"id\":\"a\",\"name\":\"web_search\",\"input\":{}}]}", "unsupported_parameter", "messages[0].content[0].type"),
        ("{\"role\":\"assistant\",\"content\":[{\"type\":\"web_search_tool_result\"}]}", "unsupported_parameter", "messages[0].content[0].type"),
        ("{\"role\":\"assistant\",\"content\":[{\"type\":\"poem\"}]}", "invalid_value", "messages[0].content[0].type"),
        ("{\"role\":\"system\",\"content\":[{\"type\":\"tool_use\"}]}", "invalid_value", "messages[0].content[0].type"),
    ];
}
