using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.JsonSchemas.Tests.Sampling;
using LocalAI.Pipeline.Testing;
using LocalAI.Pipeline.Testing.Gbnf;

namespace LocalAI.Pipeline.JsonSchemas.Tests;

/// <summary>Mangled schemas with fixed seeds: each is compiled or refused with its path, and nothing else happens.</summary>
public sealed class SchemaFuzzTests
{
    private const int Count = 600;

    private static readonly JsonElement[] Instances = [.. ((string[])["null", "7", "\"a\"", "[1,\"a\"]", """{"a":{"b":[]}}"""]).Select(text => JsonElement.Parse(text))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Compile_MangledSchemas_OnlyFailsAsItShould(int seed)
    {
        var chance = new Random(seed);
        var mangler = new BodyMangler(chance);
        var (compiled, refused) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            var original = Encoding.UTF8.GetBytes(new SchemaSampler(chance).Document().Schema.ToJsonString());
            if (!TryParse(mangler.Mangle(original), out var schema))
            {
                continue;
            }

            try
            {
                var document = JsonSchemaDocument.Parse(schema, strict: chance.Next(2) == 0);
                GbnfGrammar.Parse(document.ToGrammar());
                Assert.All(Instances, instance => document.FirstViolation(instance));
                compiled++;
            }
            catch (JsonSchemaException)
            {
                refused++;
            }
        }

        Assert.InRange(compiled, 10, Count);
        Assert.InRange(refused, 10, Count);
    }

    private static bool TryParse(byte[] text, out JsonElement value)
    {
        try
        {
            value = JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }
}
