namespace LocalAI.Pipeline.Api.Tests.Ollama;

/// <summary>Bodies that are refused, with the code and the field of the refusal.</summary>
internal static class BadOllamaRequests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    /// <summary>For <c>/api/chat</c>.</summary>
    public static TheoryData<string, string, string?> Chats
    {
        get
        {
            var all = new TheoryData<string, string, string?>
            {
                { """{"messages":5}""", "invalid_type", "messages" },
                { """{"messages":["hi"]}""", "invalid_type", "messages[0]" },
                { """{"messages":[{"content":"a"}]}""", "missing_required_parameter", "messages[0].role" },
                { """{"messages":[{"role":"bot"}]}""", "invalid_value", "messages[0].role" },
                { """{"messages":[{"role":"user","content":[]}]}""", "invalid_type", "messages[0].content" },
                { """{"messages":[{"role":"user","content":"a","images":["?"]}]}""", "invalid_value", "messages[0].images[0]" },
                { """{"messages":[{"role":"assistant","tool_calls":[{}]}]}""", "missing_required_parameter", "messages[0].tool_calls[0].function" },
                { """{"messages":[{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}]}""", "invalid_type", "messages[0].tool_calls[0].function.arguments" },
                { """{"messages":[{"role":"user","content":"a","mood":1}]}""", "unknown_parameter", "messages[0].mood" },
                { """{"keep_alive":0}""", "unsupported_parameter", "keep_alive" },
            };
            foreach (var (extra, code, param) in Common)
            {
                all.Add($$"""{{{Hi}},{{extra}}}""", code, param);
            }

            all.Add($$"""{{{Hi}},"tools":[{"type":"x"}]}""", "unsupported_parameter", "tools[0].type");
            return all;
        }
    }

    /// <summary>For <c>/api/generate</c>.</summary>
    public static TheoryData<string, string, string?> Prompts
    {
        get
        {
            var all = new TheoryData<string, string, string?>
            {
                { """{"prompt":5}""", "invalid_type", "prompt" },
                { """{"prompt":"a","template":"{{ .Prompt }}"}""", "unsupported_parameter", "template" },
                { """{"prompt":"a","context":[1]}""", "unsupported_parameter", "context" },
                { """{"prompt":"a","images":[5]}""", "invalid_type", "images[0]" },
                { """{"prompt":"a","images":["eA=="],"raw":true}""", "invalid_value", "images" },
                { """{"prompt":"a","raw":true,"system":"s"}""", "invalid_value", "system" },
                { """{"prompt":"a","suffix":"b","think":true}""", "invalid_value", "think" },
                { """{"prompt":"a","messages":[]}""", "unknown_parameter", "messages" },
            };
            foreach (var (extra, code, param) in Common)
            {
                all.Add($$"""{"prompt":"a",{{extra}}}""", code, param);
            }

            return all;
        }
    }

    private static IEnumerable<(string Field, string Code, string Param)> Common =>
    [
        ("\"model\":\"\"", "invalid_value", "model"),
        ("\"stream\":\"yes\"", "invalid_type", "stream"),
        ("\"format\":\"xml\"", "invalid_value", "format"),
        ("\"format\":5", "invalid_type", "format"),
        ("\"think\":\"much\"", "invalid_value", "think"),
        ("\"think\":5", "invalid_type", "think"),
        ("\"keep_alive\":\"soon\"", "invalid_value", "keep_alive"),
        ("\"keep_alive\":[]", "invalid_type", "keep_alive"),
        ("\"truncate\":true", "unsupported_parameter", "truncate"),
        ("\"top_logprobs\":2", "invalid_value", "top_logprobs"),
        ("\"options\":5", "invalid_type", "options"),
        ("\"options\":{\"num_gpu\":1}", "unsupported_parameter", "options.num_gpu"),
        ("\"options\":{\"num_predict\":-3}", "invalid_value", "options.num_predict"),
        ("\"options\":{\"num_ctx\":0}", "invalid_value", "options.num_ctx"),
        ("\"options\":{\"tfs_z\":0.5}", "unsupported_parameter", "options.tfs_z"),
        ("\"options\":{\"penalize_newline\":false}", "unsupported_parameter", "options.penalize_newline"),
        ("\"options\":{\"temperature\":\"hot\"}", "invalid_type", "options.temperature"),
        ("\"options\":{\"temprature\":1}", "unknown_parameter", "options.temprature"),
        ("\"mood\":1", "unknown_parameter", "mood"),
    ];
}
