using System.Globalization;
using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.JsonSchemas.Tests.Sampling;

/// <summary>Makes random schemas of all supported keywords.</summary>
internal sealed class SchemaSampler(Random random)
{
    private const int DeepestRecursion = 3;

    private readonly JsonObject _definitions = [];
    private readonly LeafSampler _leaves = new(random);

    public SchemaSample Document()
    {
        var sample = Next(3);
        if (_definitions.Count > 0)
            sample.Schema["$defs"] = _definitions;
        return sample;
    }

    private SchemaSample Next(int depth) => depth == 0 ? _leaves.Next() : random.Next(14) switch
    {
        0 or 1 or 2 => Object(depth),
        3 or 4 => List(depth),
        5 => Tuple(depth),
        6 => AnyOf(depth),
        7 => Tagged(depth),
        8 => AllOf(depth),
        9 => Reference(depth),
        10 => Recursive(depth),
        _ => _leaves.Next(),
    };

    private SchemaSample Object(int depth)
    {
        var members = Members(depth, random.Next(5), "p");
        var schema = new JsonObject { ["type"] = "object", ["properties"] = Properties(members), ["required"] = Required(members) };
        var additional = random.Next(4) == 0 ? _leaves.Next() : null;
        if (additional is not null)
            schema["additionalProperties"] = additional.Schema.DeepClone();
        else if (random.Next(2) == 0)
            schema["additionalProperties"] = false;
        return new SchemaSample(schema, () =>
        {
            var instance = Instance(members);
            for (var i = random.Next(3); i > 0 && additional is not null; i--)
                // Begins like a declared name, but is none.
                instance[$"p{i}x"] = additional.Instance();
            return instance;
        });
    }

    private List<(string Name, bool IsRequired, SchemaSample Value)> Members(int depth, int count, string prefix) =>
        [.. Enumerable.Range(0, count).Select(i => ($"{prefix}{i}", random.Next(2) == 0, Next(depth - 1)))];

    private static JsonObject Properties(IEnumerable<(string Name, bool IsRequired, SchemaSample Value)> members) =>
        new(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Value.Schema.DeepClone())));

    private static JsonArray Required(IEnumerable<(string Name, bool IsRequired, SchemaSample Value)> members) =>
        [.. members.Where(member => member.IsRequired).Select(member => (JsonNode)member.Name)];

    private JsonObject Instance(IEnumerable<(string Name, bool IsRequired, SchemaSample Value)> members) =>
        new(members.Where(member => member.IsRequired || random.Next(2) == 0).Select(member => KeyValuePair.Create(member.Name, member.Value.Instance())));

    private SchemaSample List(int depth)
    {
        var item = Next(depth - 1);
        var (least, most) = (random.Next(3), 3 + random.Next(3));
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.Schema.DeepClone(), ["minItems"] = least };
        if (random.Next(2) == 0)
            schema["maxItems"] = most;
        return new SchemaSample(schema, () => new JsonArray([.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => item.Instance())]));
    }

    private SchemaSample Tuple(int depth)
    {
        var items = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Next(depth - 1)).ToList();
        var rest = random.Next(2) == 0 ? _leaves.Next() : null;
        var least = random.Next(items.Count + 2);
        if (rest is null)
            least = Math.Min(least, items.Count);
        var schema = new JsonObject
        {
            ["type"] = "array",
            ["prefixItems"] = new JsonArray([.. items.Select(item => item.Schema.DeepClone())]),
            ["items"] = rest?.Schema.DeepClone() ?? false,
            ["minItems"] = least,
        };
        return new SchemaSample(schema, () => new JsonArray([.. Enumerable.Range(0, random.Next(least, items.Count + (rest is null ? 1 : 3)))
            .Select(i => i < items.Count ? items[i].Instance() : rest!.Instance())]));
    }

    private SchemaSample AnyOf(int depth)
    {
        var options = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Next(depth - 1)).ToList();
        return new SchemaSample(
            new JsonObject { ["anyOf"] = new JsonArray([.. options.Select(option => option.Schema.DeepClone())]) },
            () => options[random.Next(options.Count)].Instance());
    }

    private SchemaSample Tagged(int depth)
    {
        var options = Enumerable.Range(0, 2 + random.Next(2)).Select(i => (Tag: $"kind{i}", Members: Members(depth, random.Next(3), "q"))).ToList();
        var schemas = options.Select(option =>
        {
            var properties = Properties(option.Members);
            properties.Insert(0, "kind", new JsonObject { ["const"] = option.Tag });
            var required = Required(option.Members);
            required.Add("kind");
            return (JsonNode)new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required };
        });
        return new SchemaSample(new JsonObject { ["oneOf"] = new JsonArray([.. schemas]) }, () =>
        {
            var (tag, members) = options[random.Next(options.Count)];
            var instance = Instance(members);
            instance.Insert(0, "kind", tag);
            return instance;
        });
    }

    private SchemaSample AllOf(int depth)
    {
        var parts = Enumerable.Range(0, 2).Select(i => Members(depth, 1 + random.Next(2), string.Create(CultureInfo.InvariantCulture, $"m{i}"))).ToList();
        var schemas = parts.Select(members => (JsonNode)new JsonObject { ["properties"] = Properties(members), ["required"] = Required(members) });
        return new SchemaSample(
            new JsonObject { ["type"] = "object", ["allOf"] = new JsonArray([.. schemas]) },
            () => Instance(parts.SelectMany(members => members)));
    }

    private SchemaSample Reference(int depth)
    {
        var target = Next(depth - 1);
        var name = $"d{_definitions.Count} ~/%";
        _definitions[name] = target.Schema.DeepClone();
        return new SchemaSample(new JsonObject { ["$ref"] = $"#/$defs/d{_definitions.Count - 1}%20~0~1%25", ["description"] = "elsewhere" }, target.Instance);
    }

    private SchemaSample Recursive(int depth)
    {
        var value = Next(depth - 1);
        var reference = $"#/$defs/r{_definitions.Count}";
        _definitions[$"r{_definitions.Count}"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["value"] = value.Schema.DeepClone(),
                ["children"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["$ref"] = reference } },
                ["next"] = new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = reference }, new JsonObject { ["type"] = "null" }) },
            },
            ["required"] = new JsonArray("value", "next"),
            ["additionalProperties"] = false,
        };
        return new SchemaSample(new JsonObject { ["$ref"] = reference }, () => Node(0));

        JsonObject Node(int level)
        {
            var node = new JsonObject { ["value"] = value.Instance() };
            if (random.Next(2) == 0)
                node["children"] = new JsonArray([.. Enumerable.Range(0, level < DeepestRecursion ? random.Next(3) : 0).Select(_ => (JsonNode)Node(level + 1))]);
            node["next"] = level < DeepestRecursion && random.Next(2) == 0 ? Node(level + 1) : null;
            return node;
        }
    }
}
