using System.Text;
using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.JsonSchemas.Tests.Sampling;

/// <summary>Makes random schemas of values without others inside.</summary>
internal sealed class LeafSampler(Random random)
{
    private static readonly (string Pattern, string[] Texts)[] Patterns =
    [
        ("^[a-z]+$", ["a", "hello"]),
        ("^\\d{3}-\\d{4}$", ["555-0199"]),
        ("^(?:red|green|blue)$", ["red", "blue"]),
        ("^[^\"\\\\]{2,5}$", ["ab", "äöüß€"]),
        ("^\"quoted\\\\\"$", ["\"quoted\\\""]),
        ("^[A-Z][\\w.-]*@x\\.(com|org)?$", ["A@x.", "Zed.-_9@x.org"]),
        ("b+", ["b", "abba", "\"b\\"]),
        ("^x|y$", ["x and more", "anything y", "y"]),
        ("^.{0,3}$", ["", "a\tb", "😀😀"]),
        ("^\\u0041\\x42[\\u{1F600}-\\u{1F610}]{1,2}?$", ["AB😀", "AB😀😅"]),
        ("^(a(b|c){2})*$", ["", "abcacb"]),
    ];

    private static readonly (string Format, string[] Texts)[] Formats =
    [
        ("date", ["2024-02-29", "2000-02-29", "1999-12-31", "0001-01-01"]),
        ("time", ["23:59:59Z", "00:00:00.123+02:00"]),
        ("date-time", ["2026-11-27T17:00:00Z", "2024-02-29T00:00:00.5-11:30"]),
        ("uuid", ["123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-00000000000F"]),
        ("email", ["a.b+c@example.co.uk"]),
        ("hostname", ["a", "x-1.example.com"]),
        ("ipv4", ["0.0.0.0", "255.249.199.10"]),
        ("ipv6", ["::", "::1", "fe80::1:2", "1:2:3:4:5:6:7:8"]),
        ("uri", ["https://example.com/a?b=%20#c", "urn:x:y"]),
        ("duration", ["P3W", "P1Y2M3DT4H5M6S", "PT1S"]),
    ];

    public SchemaSample Next() => random.Next(11) switch
    {
        0 or 1 => Text(),
        2 => Integer(),
        3 => Number(),
        4 => Listed(),
        5 => OfPattern(),
        6 => OfFormat(),
        7 => new SchemaSample(new JsonObject { ["type"] = new JsonArray("integer", "string", "null") }, () => random.Next(3) switch { 0 => 7, 1 => RandomText(0, 5), _ => null }),
        8 => new SchemaSample(new JsonObject { ["type"] = "boolean" }, () => random.Next(2) == 0),
        9 => new SchemaSample(new JsonObject(), Anything),
        _ => new SchemaSample(new JsonObject { ["type"] = "object" }, () => new JsonObject { [RandomText(0, 3)] = Anything() }),
    };

    private JsonNode? Anything() => random.Next(6) switch
    {
        0 => RandomText(0, 8),
        1 => random.Next(-1000, 1000),
        2 => -12.5e-3,
        3 => new JsonArray(1, "two", null, new JsonArray()),
        4 => new JsonObject { ["a"] = true, ["b"] = new JsonObject() },
        _ => null,
    };

    private SchemaSample Text()
    {
        var least = random.Next(4);
        var most = random.Next(6) switch { 0 => (int?)null, 1 => 700 + random.Next(80_000), _ => least + random.Next(6) };
        var schema = new JsonObject { ["type"] = "string", ["minLength"] = least };
        if (most is not null)
            schema["maxLength"] = most;
        return new SchemaSample(schema, () => RandomText(least, Math.Min(most ?? 10, 1_000)));
    }

    private SchemaSample Integer()
    {
        var (least, most) = Bounds(1_000_000_000);
        var schema = new JsonObject { ["type"] = "integer" };
        var (from, to) = ((decimal)(long)Math.Ceiling(least), (decimal)(long)Math.Floor(most));
        if (from > to)
            (least, most, from, to) = (5, 5, 5, 5);
        schema["minimum"] = least;
        if (random.Next(2) == 0)
            schema["maximum"] = most;
        else
            schema["exclusiveMaximum"] = to + 1;
        return new SchemaSample(schema, () => from + (long)(random.NextDouble() * (double)(to - from)));
    }

    private SchemaSample Number()
    {
        var (least, most) = Bounds(1000);
        var schema = new JsonObject { ["type"] = "number", ["minimum"] = least };
        if (least == most || random.Next(2) == 0)
            schema["maximum"] = most;
        else
            schema["exclusiveMaximum"] = most;
        return new SchemaSample(schema, () => least + Math.Round((most - least) * (decimal)random.NextDouble() * 0.99m, 9, MidpointRounding.ToZero));
    }

    private (decimal Least, decimal Most) Bounds(int width)
    {
        var least = Math.Round((decimal)((random.NextDouble() - 0.5) * random.Next(1, width)), random.Next(4));
        return (least, least + Math.Round((decimal)(random.NextDouble() * random.Next(1, width)), random.Next(4)));
    }

    private SchemaSample Listed()
    {
        var values = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Anything()).ToList();
        var schema = values.Count == 1 && values[0] is not null
            ? new JsonObject { ["const"] = values[0]!.DeepClone() }
            : new JsonObject { ["enum"] = new JsonArray([.. values.Select(value => value?.DeepClone())]) };
        return new SchemaSample(schema, () => values[random.Next(values.Count)]?.DeepClone());
    }

    private SchemaSample OfPattern()
    {
        var (pattern, texts) = Patterns[random.Next(Patterns.Length)];
        return new SchemaSample(new JsonObject { ["type"] = "string", ["pattern"] = pattern, ["maxLength"] = 40 }, () => texts[random.Next(texts.Length)]);
    }

    private SchemaSample OfFormat()
    {
        var (format, texts) = Formats[random.Next(Formats.Length)];
        return new SchemaSample(new JsonObject { ["type"] = "string", ["format"] = format }, () => texts[random.Next(texts.Length)]);
    }

    private string RandomText(int least, int most)
    {
        var text = new StringBuilder();
        for (var i = random.Next(least, most + 1); i > 0; i--)
            text.Append(random.Next(8) switch { 0 => "\"", 1 => "\\", 2 => "\n", 3 => "é", 4 => "😀", 5 => "/", _ => ((char)('a' + random.Next(26))).ToString() });
        return text.ToString();
    }
}
