using System.Text;
using LocalAI.Pipeline.Api.Anthropic.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Tests.Harness;

namespace LocalAI.Pipeline.Api.Tests.Anthropic;

public sealed class MessagesRequestFuzzTests
{
    private const int Seed = 20_261;
    private const int Bodies = 30_000;

    private static readonly string[] Good =
    [
        """{"max_tokens":9,"messages":[{"role":"user","content":"a"}]}""",
        """{"max_tokens":9,"messages":[{"role":"user","content":[{"type":"text","text":"a"}]},{"role":"assistant","content":[]}],"temperature":0.5,"stop_sequences":["a"],"metadata":{"user_id":"u"}}""",
        """
        {"max_tokens":9000,"system":[{"type":"text","text":"s"}],"tools":[{"name":"f","input_schema":{}}],"tool_choice":{"type":"any"},"thinking":{"type":"adaptive","display":"omitted"},"messages":[
        {"role":"user","content":"a"},{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"x"},{"type":"tool_use","id":"c","name":"f","input":{}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"c","is_error":true,"content":[{"type":"text","text":"r"}]}]}]}
        """,
    ];

    [Fact]
    public void Read_MangledBodies_AreReadOrRefused()
    {
        var chance = new Random(Seed);
        var mangler = new BodyMangler(chance);
        var bad = BadMessagesRequests.All.Select(row => row.Data.Item1).ToList();
        var (read, refused) = (0, 0);
        for (var i = 0; i < Bodies; i++)
        {
            var body = mangler.Mangle(Encoding.UTF8.GetBytes(chance.Next(2) == 0 ? bad[chance.Next(bad.Count)] : Good[chance.Next(Good.Length)]));
            try
            {
                using var json = JsonBody.Parse(body, new RequestOptions());
                Assert.NotEmpty(MessagesRequestReader.Read(json.Root).Prompt.Messages);
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
