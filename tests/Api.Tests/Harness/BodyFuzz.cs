using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>Mangled bodies for a request's reader: it reads or refuses each, and nothing else happens.</summary>
internal static class BodyFuzz
{
    private const int Seed = 20_260;
    private const int LongestOriginal = 1000;

    public static void Run(Action<JsonElement> read, IEnumerable<string> bodies, int count = 20_000)
    {
        var chance = new Random(Seed);
        var mangler = new BodyMangler(chance);
        var originals = bodies.Where(body => body.Length < LongestOriginal).Select(Encoding.UTF8.GetBytes).ToList();
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var body = mangler.Mangle(originals[chance.Next(originals.Count)]);
            try
            {
                using var json = JsonBody.Parse(body, new RequestOptions());
                read(json.Root);
                accepted++;
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
        Assert.InRange(accepted, 100, count);
        Assert.InRange(refused, 1000, count);
    }
}
