using System.Text;

namespace LocalAI.Pipeline.Testing;

/// <summary>Changes JSON bodies at random: most stay JSON, and say something else.</summary>
public sealed class BodyMangler(Random chance)
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e999", "-0.0", "99999999999999999999", "\"\"", "\"\\ud83d\"", "\"\\u0000\"", "[]", "{}", "[null]", "[[[[]]]]", "{\"\":{}}", "{\"type\":\"function\"}", "\"text\"",
    ];

    public byte[] Mangle(byte[] original)
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
                    ReplaceValue(body, at);
                    break;
            }
        }

        return [.. body];
    }

    /// <summary>Keeps the body JSON, mostly: what follows a colon becomes something else.</summary>
    private void ReplaceValue(List<byte> body, int from)
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
