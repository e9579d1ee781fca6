using System.Text.Json;
using LocalAI.Pipeline.Api.Anthropic.Reading;
using LocalAI.Pipeline.Api.Completions.Reading;
using LocalAI.Pipeline.Api.Edits;
using LocalAI.Pipeline.Api.Embeddings;
using LocalAI.Pipeline.Api.LlamaCpp;
using LocalAI.Pipeline.Api.LlamaCpp.Reading;
using LocalAI.Pipeline.Api.Ollama;
using LocalAI.Pipeline.Api.Ollama.Reading;
using LocalAI.Pipeline.Api.Reranking;
using LocalAI.Pipeline.Api.Tests.Harness;

namespace LocalAI.Pipeline.Api.Tests.Requests;

public sealed class TextRequestFuzzTests
{
    private static readonly Dictionary<string, (Func<JsonElement, object> Read, string[] Bodies)> Readers = new(StringComparer.Ordinal)
    {
        ["completions"] = (CompletionRequestReader.Read,
        [
            """{"model":"m","prompt":"a","suffix":"z","max_tokens":9,"n":2,"best_of":3,"logprobs":2,"stop":["x"],"seed":4,"logit_bias":{"7":-1}}""",
            """{"prompt":["a","b"],"echo":true,"stream":true,"stream_options":{"include_usage":true}}""",
            """{"prompt":[[1,2],[3]],"temperature":0.5,"grammar":"root ::= \"a\""}""",
        ]),
        ["edits"] = (EditRequestReader.Read, ["""{"instruction":"i","input":["a","b"],"n":2,"temperature":1}""", """{"instruction":"i","stop":"x","seed":1}"""]),
        ["embeddings"] = (EmbeddingsRequestReader.Read, ["""{"model":"m","input":["a","b"],"encoding_format":"base64","dimensions":3,"user":"u"}""", """{"input":[[1,2],[3]]}"""]),
        ["llama.cpp's completion"] = (root => LlamaCompletionReader.Read(root),
        [
            """{"prompt":"a","n_predict":9,"temperature":0.5,"stop":["x"],"n_probs":2,"samplers":["top_k","temperature"],"seed":4,"stream":true}""",
            """{"prompt":["a",[1,2]],"cache_prompt":false,"logit_bias":[[7,-1],["a",false]],"response_fields":["content"],"json_schema":{"type":"object"}}""",
            """{"prompt":{"prompt_string":"a"},"grammar":"root ::= \"a\"","mirostat":2,"t_max_predict_ms":9,"dry_sequence_breakers":["\n"],"return_tokens":true}""",
        ]),
        ["llama.cpp's infill"] = (root => InfillReader.Read(root), ["""{"input_prefix":"a","input_suffix":"b","input_extra":[{"filename":"f","text":"t"}],"prompt":"c","n_predict":3}"""]),
        ["llama.cpp's embedding"] = (root => LlamaEmbeddingEndpoints.Read(root), ["""{"content":["a",[1,2]],"embd_normalize":2}""", """{"input":"a"}"""]),
        ["Ollama's chat"] = (OllamaChatReader.Read,
        [
            """{"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"a"}],"stream":false,"format":"json","options":{"num_predict":3,"stop":["x"],"temperature":0}}""",
            """{"messages":[{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]},{"role":"tool","content":"r","tool_name":"f"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"think":"low","keep_alive":"5m"}""",
            """{"messages":[{"role":"user","content":"a","thinking":"t"}],"format":{"type":"object","properties":{"a":{"type":"integer"}}},"think":true,"keep_alive":-1,"logprobs":true,"top_logprobs":2}""",
        ]),
        ["Ollama's generate"] = (OllamaGenerateReader.Read, ["""{"model":"m","prompt":"a","system":"s","raw":false,"stream":true,"options":{"seed":1,"num_ctx":9}}""", """{"prompt":"a","suffix":"b","raw":true,"keep_alive":0}"""]),
        ["Ollama's embed"] = (root => OllamaEmbeddingEndpoints.Read(root, "input"), ["""{"model":"m","input":["a","b"],"truncate":false,"dimensions":2,"keep_alive":"1h30m","options":{"num_ctx":3}}"""]),
        ["Anthropic's count_tokens"] = (PromptRequestReader.ReadAlone, ["""{"model":"m","system":"s","messages":[{"role":"user","content":[{"type":"text","text":"a"}]}],"tools":[{"name":"f","input_schema":{"type":"object"}}]}"""]),
        ["reranking"] = (RerankRequestReader.Read, ["""{"model":"m","query":"q","documents":["a",{"text":"b"}],"top_n":1,"return_documents":false}"""]),
    };

    public static TheoryData<string> Names => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_MangledBodies_AreReadOrRefused(string name)
    {
        var (read, bodies) = Readers[name];
        BodyFuzz.Run(root => read(root), bodies, 8_000);
    }
}
