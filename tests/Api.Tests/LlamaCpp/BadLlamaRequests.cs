using System.Globalization;

namespace LocalAI.Pipeline.Api.Tests.LlamaCpp;

/// <summary>Bodies for <c>/completion</c> that are refused, with the code and the field of the refusal.</summary>
internal static class BadLlamaRequests
{
    public static TheoryData<string, string, string?> All
    {
        get
        {
            var all = new TheoryData<string, string, string?>
            {
                { "{}", "missing_required_parameter", "prompt" },
                { """{"prompt":5}""", "invalid_type", "prompt" },
                { """{"prompt":[]}""", "invalid_value", "prompt" },
                { """{"prompt":[[]]}""", "invalid_value", "prompt[0]" },
                { """{"prompt":[1,true]}""", "invalid_type", "prompt[1]" },
                { """{"prompt":[1,-1]}""", "invalid_value", "prompt[1]" },
                { """{"prompt":[1,1.5]}""", "invalid_value", "prompt[1]" },
                { """{"prompt":["a",[1,null]]}""", "invalid_type", "prompt[1][1]" },
                { """{"prompt":{}}""", "missing_required_parameter", "prompt.prompt_string" },
                { """{"prompt":[{"prompt_string":"a","multimodal_data":["eA=="]}]}""", "unsupported_parameter", "prompt[0].multimodal_data" },
                { """{"prompt":{"prompt_string":"a","x":1}}""", "unknown_parameter", "prompt.x" },
                { $$"""{"prompt":[{{string.Join(',', Enumerable.Repeat("\"a\"", 129))}}]}""", "invalid_value", "prompt" },
                { $$"""{"prompt":[{{string.Join(',', Enumerable.Repeat("\"a\"", 65))}}],"n":2}""", "invalid_value", "prompt" },
                { $$"""{"prompt":[{{string.Join(',', Enumerable.Range(0, 65).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"a\",{i}")))}}]}""", "invalid_value", "prompt" },
            };
            foreach (var (extra, code, param) in Fields)
            {
                all.Add($$"""{"prompt":"a",{{extra}}}""", code, param);
            }

            return all;
        }
    }

    private static IEnumerable<(string Field, string Code, string Param)> Fields =>
    [
        ("\"n_predict\":-2", "invalid_value", "n_predict"),
        ("\"n_predict\":\"5\"", "invalid_type", "n_predict"),
        ("\"n_predict\":5,\"max_tokens\":6", "invalid_value", "max_tokens"),
        ("\"n_cmpl\":0", "invalid_value", "n_cmpl"),
        ("\"n\":17", "invalid_value", "n"),
        ("\"n_probs\":101", "invalid_value", "n_probs"),
        ("\"n_probs\":1,\"logprobs\":2", "invalid_value", "logprobs"),
        ("\"id_slot\":0", "unsupported_parameter", "id_slot"),
        ("\"n_indent\":4", "unsupported_parameter", "n_indent"),
        ("\"n_keep\":-2", "invalid_value", "n_keep"),
        ("\"n_discard\":1", "unsupported_parameter", "n_discard"),
        ("\"n_cache_reuse\":256", "unsupported_parameter", "n_cache_reuse"),
        ("\"tfs_z\":0", "unsupported_parameter", "tfs_z"),
        ("\"penalize_nl\":false", "unsupported_parameter", "penalize_nl"),
        ("\"post_sampling_probs\":true", "unsupported_parameter", "post_sampling_probs"),
        ("\"return_progress\":true", "unsupported_parameter", "return_progress"),
        ("\"lora\":[{\"id\":0}]", "missing_required_parameter", "lora[0].scale"),
        ("\"lora\":[{\"id\":0,\"scale\":1,\"x\":1}]", "unknown_parameter", "lora[0].x"),
        ("\"image_data\":[{}]", "unsupported_parameter", "image_data"),
        ("\"system_prompt\":\"s\"", "unsupported_parameter", "system_prompt"),
        ("\"sse_ping_interval\":5", "unsupported_parameter", "sse_ping_interval"),
        ("\"samplers\":[]", "invalid_value", "samplers"),
        ("\"samplers\":\"top_k\"", "invalid_type", "samplers"),
        ("\"samplers\":[\"top_k\",\"adaptive_p\"]", "unsupported_parameter", "samplers[1]"),
        ("\"samplers\":[5]", "invalid_type", "samplers[0]"),
        ("\"min_keep\":-1", "invalid_value", "min_keep"),
        ("\"dry_sequence_breakers\":[]", "invalid_value", "dry_sequence_breakers"),
        ("\"dry_sequence_breakers\":[\"\"]", "invalid_value", "dry_sequence_breakers[0]"),
        ("\"response_fields\":\"content\"", "invalid_type", "response_fields"),
        ("\"logit_bias\":[[1]]", "invalid_type", "logit_bias[0]"),
        ("\"logit_bias\":[[-1,1]]", "invalid_value", "logit_bias[0][0]"),
        ("\"logit_bias\":[[\"5\",1]]", "invalid_value", "logit_bias[0][0]"),
        ("\"logit_bias\":[[1,true]]", "invalid_type", "logit_bias[0][1]"),
        ("\"t_max_predict_ms\":-5", "invalid_value", "t_max_predict_ms"),
        ("\"stream\":1", "invalid_type", "stream"),
        ("\"temperature\":-1", "invalid_value", "temperature"),
        ("\"json_schema\":5", "invalid_type", "json_schema"),
        ("\"grammar\":\"root ::= a\",\"json_schema\":{}", "invalid_value", "json_schema"),
        ("\"messages\":[]", "unknown_parameter", "messages"),
    ];
}
