using System.Text;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Tests.Harness;

namespace LocalAI.Pipeline.Api.Tests.Chat;

public sealed class ChatRequestFuzzTests
{
    private const int Seed = 20_260;
    private const int Bodies = 30_000;

    [Fact]
    public void Read_MangledBodies_AreReadOrRefused()
    {
        var chance = new Random(Seed);
        var mangler = new BodyMangler(chance);
        var originals = BadChatRequests.All.Select(row => row.Data.Item1).Where(body => body.Length < 1000).Select(Encoding.UTF8.GetBytes).ToList();
        var (read, refused) = (0, 0);
        for (var i = 0; i < Bodies; i++)
        {
            var body = mangler.Mangle(originals[chance.Next(originals.Count)]);
            try
            {
                using var json = JsonBody.Parse(body, new RequestOptions());
                ChatRequestReader.Read(json.Root);
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
