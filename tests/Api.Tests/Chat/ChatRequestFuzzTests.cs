using System.Text;
using LocalAI.Pipeline.Api.Chat.Reading;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Tests.Chat;

public sealed class ChatRequestFuzzTests
{
    private const int Seed = 20_260;
    private const int Bodies = 30_000;

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e999", "-0.0", "99999999999999999999", "\"\"", "\"\\ud83d\"", "\"\\u0000\"", "[]", "{}", "[null]", "[[[[]]]]", "{\"\":{}}", "{\"type\":\"function\"}", "\"text\"",
    ];

    [Fact]
    public void Read_MangledBodies_AreReadOrRefused()
    {
        var chance = new Random(Seed);
        var originals = BadChatRequests.All.Select(row => row.Data.Item1).Where(body => body.Length < 1000).Select(Encoding.UTF8.GetBytes).ToList();
        var (read, refused) = (0, 0);
        for (var i = 0; i < Bodies; i++)
        {
            var body = Mangled(originals[chance.Next(originals.Count)], chance);
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

    private static byte[] Mangled(byte[] original, Random chance)
    {
        var body = original.ToList();
        for (var change = chance.Next(4); change >= 0 && body.Count > 0; change--)
        {
            var at = chance.Next(body.Count);
            switch (chance.Next(5))
            {
                case 0:
                    body[at] = (byte)chance.Next(256);
                    break;
                case 1:
                    body.RemoveRange(at, Math.Min(chance.Next(8), body.Count - at));
                    break;
                case 2:
                    body.InsertRange(at, Encoding.UTF8.GetBytes(Values[chance.Next(Values.Length)]));
                    break;
                default:
                    ReplaceValue(body, at, chance);
                    break;
            }
        }

        return [.. body];
    }

    /// <summary>Keeps the body JSON, mostly: what follows a colon becomes something else.</summary>
    private static void ReplaceValue(List<byte> body, int from, Random chance)
    {
        var colon = body.IndexOf((byte)':', from);
        if (colon < 0)
        {
            return;
        }

        var end = body.FindIndex(colon, b => b is (byte)',' or (byte)'}' or (byte)']');
        if (end > colon)
        {
            body.RemoveRange(colon + 1, end - colon - 1);
        }

        body.InsertRange(colon + 1, Encoding.UTF8.GetBytes(Values[chance.Next(Values.Length)]));
    }
}
