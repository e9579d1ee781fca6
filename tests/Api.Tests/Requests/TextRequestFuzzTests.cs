using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Api.Completions.Reading;
using LocalAI.Pipeline.Api.Edits;
using LocalAI.Pipeline.Api.Embeddings;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Reranking;
using LocalAI.Pipeline.Api.Tests.Harness;

namespace LocalAI.Pipeline.Api.Tests.Requests;

public sealed class TextRequestFuzzTests
{
    private const int Seed = 20_261;
    private const int Bodies = 8_000;

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
        var (reader, bodies) = Readers[name];
        var chance = new Random(Seed);
        var mangler = new BodyMangler(chance);
        var originals = bodies.Select(Encoding.UTF8.GetBytes).ToList();
        var (read, refused) = (0, 0);
        for (var i = 0; i < Bodies; i++)
        {
            var body = mangler.Mangle(originals[chance.Next(originals.Count)]);
            try
            {
                using var json = JsonBody.Parse(body, new RequestOptions());
                reader(json.Root);
                read++;
            }
            catch (ApiException e)
            {
                Assert.Equal(400, e.Error.Status);
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"Body {i}, {Encoding.UTF8.GetString(body)}: {e}");
            }
        }

        // Both ways were taken often enough to mean something.
        Assert.InRange(read, 100, Bodies);
        Assert.InRange(refused, 1000, Bodies);
    }
}
