namespace LocalAI.Pipeline.Api.Tests.Chat;

/// <summary>Bodies that are refused, with the code and the field of the refusal.</summary>
internal static class BadChatRequests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    public static TheoryData<string, string, string?> All
    {
        get
        {
            var all = new TheoryData<string, string, string?>
            {
                { "", "invalid_json", null },
                { "{", "invalid_json", null },
                { "nonsense", "invalid_json", null },
                { $$"""{{{Hi}}},}""", "invalid_json", null },
                { $$"""{{{Hi}},"seed":1e}""", "invalid_json", "seed" },
                { "[1]", "invalid_type", null },
                { "null", "invalid_type", null },
                { Deep("[", "]", 70), "json_too_deep", null },
                { $$"""{{{Hi}},"tools":{{Deep("[", "]", 64)}}}""", "json_too_deep", null },
                { $$"""{{{Hi}},"model":"a","model":"b"}""", "duplicate_field", "model" },
                { """{"messages":[{"role":"user","content":"a","content":"b"}]}""", "duplicate_field", "messages[0].content" },
                { """{"messages":[{"role":"user","content":"\ud800"}]}""", "invalid_text", "messages[0].content" },
                { """{"messages":[{"role":"user","content":"a\u0000b"}]}""", "invalid_text", "messages[0].content" },
                { "{}", "missing_required_parameter", "messages" },
                { """{"messages":null}""", "missing_required_parameter", "messages" },
                { """{"messages":"hi"}""", "invalid_type", "messages" },
                { """{"messages":[]}""", "invalid_value", "messages" },
                { """{"messages":["hi"]}""", "invalid_type", "messages[0]" },
                { """{"json_schema":{},"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}""", "invalid_value", "messages" },
                { """{"messages":[{"content":"hi"}]}""", "missing_required_parameter", "messages[0].role" },
                { """{"messages":[{"role":"bot","content":"hi"}]}""", "invalid_value", "messages[0].role" },
                { """{"messages":[{"role":"user"}]}""", "missing_required_parameter", "messages[0].content" },
                { """{"messages":[{"role":"user","content":5}]}""", "invalid_type", "messages[0].content" },
                { """{"messages":[{"role":"user","content":[]}]}""", "invalid_value", "messages[0].content" },
                { """{"messages":[{"role":"user","content":[{"text":"a"}]}]}""", "missing_required_parameter", "messages[0].content[0].type" },
                { """{"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"u"}}]}]}""", "invalid_value", "messages[0].content[1].image_url.url" },
                { """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png,x"}}]}]}""", "invalid_value", "messages[0].content[0].image_url.url" },
                { """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"ftp://a/b"}}]}]}""", "invalid_value", "messages[0].content[0].image_url.url" },
                { """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://u@a/b"}}]}]}""", "invalid_value", "messages[0].content[0].image_url.url" },
                { """{"messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", "missing_required_parameter", "messages[0].content[0].image_url" },
                { """{"messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"?","format":"wav"}}]}]}""", "invalid_value", "messages[0].content[0].input_audio.data" },
                { """{"messages":[{"role":"user","content":[{"type":"file","file":{}}]}]}""", "unsupported_parameter", "messages[0].content[0].type" },
                { """{"messages":[{"role":"system","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}]}""", "unsupported_parameter", "messages[0].content[0].type" },
                { """{"messages":[{"role":"user","content":[{"type":"smell"}]}]}""", "invalid_value", "messages[0].content[0].type" },
                { """{"messages":[{"role":"user","content":"a","mood":1}]}""", "unknown_parameter", "messages[0].mood" },
                { """{"messages":[{"role":"assistant"}]}""", "missing_required_parameter", "messages[0].content" },
                { """{"messages":[{"role":"tool","content":"a"}]}""", "missing_required_parameter", "messages[0].tool_call_id" },
                { """{"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"custom"}]}]}""", "unsupported_parameter", "messages[0].tool_calls[0].type" },
                { """{"messages":[{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"f","arguments":{}}}]}]}""", "invalid_type", "messages[0].tool_calls[0].function.arguments" },
            };
            foreach (var (extra, code, param) in Fields)
            {
                all.Add($$"""{{{Hi}},{{extra}}}""", code, param);
            }

            return all;
        }
    }

    /// <summary>Beside messages that are fine.</summary>
    private static IEnumerable<(string Field, string Code, string Param)> Fields =>
    [
        ("\"model\":5", "invalid_type", "model"),
        ("\"model\":\"\"", "invalid_value", "model"),
        ("\"temprature\":1", "unknown_parameter", "temprature"),
        ("\"stream\":\"yes\"", "invalid_type", "stream"),
        ("\"temperature\":\"hot\"", "invalid_type", "temperature"),
        ("\"temperature\":2.1", "invalid_value", "temperature"),
        ("\"temperature\":-0.1", "invalid_value", "temperature"),
        ("\"temperature\":1e999", "invalid_value", "temperature"),
        ("\"top_p\":1.5", "invalid_value", "top_p"),
        ("\"n\":0", "invalid_value", "n"),
        ("\"n\":17", "invalid_value", "n"),
        ("\"n\":1.5", "invalid_type", "n"),
        ("\"n\":99999999999999999999", "invalid_value", "n"),
        ("\"max_tokens\":0", "invalid_value", "max_tokens"),
        ("\"max_tokens\":-5", "invalid_value", "max_tokens"),
        ("\"max_tokens\":1000000000000", "invalid_value", "max_tokens"),
        ("\"max_completion_tokens\":\"5\"", "invalid_type", "max_completion_tokens"),
        ("\"max_tokens\":5,\"max_completion_tokens\":6", "invalid_value", "max_completion_tokens"),
        ("\"stop\":5", "invalid_type", "stop"),
        ("\"stop\":[5]", "invalid_type", "stop[0]"),
        ("\"stop\":\"\"", "invalid_value", "stop"),
        ($"\"stop\":[{string.Join(',', Enumerable.Repeat("\"x\"", 17))}]", "invalid_value", "stop"),
        ($"\"stop\":\"{new string('x', 257)}\"", "invalid_value", "stop"),
        ("\"seed\":\"1\"", "invalid_type", "seed"),
        ("\"presence_penalty\":3", "invalid_value", "presence_penalty"),
        ("\"frequency_penalty\":-3", "invalid_value", "frequency_penalty"),
        ("\"logit_bias\":[]", "invalid_type", "logit_bias"),
        ("\"logit_bias\":{\"5\":101}", "invalid_value", "logit_bias.5"),
        ("\"logit_bias\":{\"5\":\"1\"}", "invalid_type", "logit_bias.5"),
        ("\"logprobs\":3", "invalid_type", "logprobs"),
        ("\"logprobs\":true,\"top_logprobs\":21", "invalid_value", "top_logprobs"),
        ("\"top_logprobs\":2", "invalid_value", "top_logprobs"),
        ("\"stream_options\":{\"include_usage\":true}", "invalid_value", "stream_options"),
        ("\"stream\":true,\"stream_options\":{\"include_usage\":1}", "invalid_type", "stream_options.include_usage"),
        ("\"stream\":true,\"stream_options\":{\"include_obfuscation\":true}", "unsupported_parameter", "stream_options.include_obfuscation"),
        ("\"stream\":true,\"stream_options\":{\"color\":true}", "unknown_parameter", "stream_options.color"),
        ("\"service_tier\":\"priority\"", "unsupported_parameter", "service_tier"),
        ("\"service_tier\":\"best\"", "invalid_value", "service_tier"),
        ("\"store\":true", "unsupported_parameter", "store"),
        ("\"metadata\":5", "invalid_type", "metadata"),
        ("\"metadata\":{\"a\":1}", "invalid_type", "metadata.a"),
        ("\"modalities\":[\"text\",\"audio\"]", "unsupported_parameter", "modalities[1]"),
        ("\"audio\":{}", "unsupported_parameter", "audio"),
        ("\"prediction\":{}", "unsupported_parameter", "prediction"),
        ("\"verbosity\":\"low\"", "unsupported_parameter", "verbosity"),
        ("\"web_search_options\":{}", "unsupported_parameter", "web_search_options"),
        ("\"chat_template\":\"x\"", "unsupported_parameter", "chat_template"),
        ("\"user\":5", "invalid_type", "user"),
        ("\"reasoning_effort\":\"extreme\"", "invalid_value", "reasoning_effort"),
        ("\"chat_template_kwargs\":\"x\"", "invalid_type", "chat_template_kwargs"),
        ("\"continue_final_message\":true", "invalid_value", "continue_final_message"),
        ("\"add_generation_prompt\":false", "unsupported_parameter", "add_generation_prompt"),
        ("\"mirostat\":3", "invalid_value", "mirostat"),
        ("\"top_k\":-2", "invalid_value", "top_k"),
        ("\"repeat_last_n\":-2", "invalid_value", "repeat_last_n"),
        ("\"grammar\":5", "invalid_type", "grammar"),
        ("\"json_schema\":\"x\"", "invalid_type", "json_schema"),
        ("\"json_schema\":{\"properties\":{\"a\":{\"not\":{}}}}", "invalid_json_schema", "json_schema#/properties/a/not"),
        ("\"grammar_json_functions\":{\"oneOf\":[{\"if\":true}]}", "invalid_json_schema", "grammar_json_functions#/oneOf/0/if"),
        ("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{\"$ref\":\"#/$defs/none\"}}}", "invalid_json_schema", "response_format.json_schema.schema#/$ref"),
        ("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true,\"parameters\":{\"uniqueItems\":true}}}]", "invalid_json_schema", "tools[0].function.parameters#/uniqueItems"),
        ("\"grammar\":\"root ::= x\",\"response_format\":{\"type\":\"json_object\"}", "invalid_value", "grammar"),
        ("\"response_format\":\"json\"", "invalid_type", "response_format"),
        ("\"response_format\":{\"type\":\"xml\"}", "invalid_value", "response_format.type"),
        ("\"response_format\":{\"type\":\"json_schema\"}", "missing_required_parameter", "response_format.json_schema"),
        ("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{}}", "missing_required_parameter", "response_format.json_schema.name"),
        ("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":[]}}", "invalid_type", "response_format.json_schema.schema"),
        ("\"tools\":{}", "invalid_type", "tools"),
        ("\"tools\":[{\"type\":\"custom\"}]", "unsupported_parameter", "tools[0].type"),
        ("\"tools\":[{\"type\":\"function\"}]", "missing_required_parameter", "tools[0].function"),
        ("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]", "invalid_value", "tools[0].function.name"),
        ("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":[]}}]", "invalid_type", "tools[0].function.parameters"),
        ("\"functions\":[{\"name\":\"a\"},{\"name\":\"a\"}]", "invalid_value", "functions"),
        ("\"functions\":[{\"name\":\"a\"}],\"tools\":[]", "invalid_value", "functions"),
        ("\"tool_choice\":\"required\"", "invalid_value", "tool_choice"),
        ("\"tool_choice\":\"maybe\"", "invalid_value", "tool_choice"),
        ("\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"b\"}},\"tools\":[]", "invalid_value", "tool_choice.function.name"),
        ("\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"none\",\"tools\":[]}}", "invalid_value", "tool_choice.allowed_tools.mode"),
    ];

    public static string Deep(string open, string close, int levels) => string.Concat(Enumerable.Repeat(open, levels)) + string.Concat(Enumerable.Repeat(close, levels));
}
