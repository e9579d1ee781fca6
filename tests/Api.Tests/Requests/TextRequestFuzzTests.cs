using System.Text.Json;
using LocalAI.Pipeline.Api.Completions.Reading;
using LocalAI.Pipeline.Api.Edits;
using LocalAI.Pipeline.Api.Embeddings;
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
