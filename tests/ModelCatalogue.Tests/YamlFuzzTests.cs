using System.Text;

namespace LocalAI.Pipeline.ModelCatalogue.Tests;

/// <summary>Texts nobody would write: whatever they are, the folder loads, and what is broken has a reason.</summary>
public sealed class YamlFuzzTests : IDisposable
{
    private const int Cases = 400;

    private static readonly string[] Pieces =
    [
        "name", "parameters", "model", "weights.gguf", ": ", ":", "- ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ", "&a ", "*a", "<<: ",
        "? ", "| ", ">-", "\"", "'", "#", "!!str ", "!<", "%YAML 1.2", "---", "...", "~", "null", "true", "0.5", "-1", "1e999", "template",
        "options", "parallel:3", "function", "grammar", "triggers", "roles", "\t", "\0", "\u0085", "\u2028", "\ud83d\ude00", "\ud83d", "@", "`", "\\x", "stopwords",
    ];

    private readonly ModelsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Load_OfRandomPieces_NeverThrows(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Cases; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 40); length > 0; length--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            _folder.With($"f{i:000}.yaml", text.ToString());
        }

        AssertLoads();
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Load_OfADamagedFile_NeverThrows(int seed)
    {
        const string good = "name: m\nparameters:\n  model: weights.gguf\n  temperature: 0.5\nstopwords: [a, \"b\"]\ntemplate:\n  chat: |\n    {{.Input}}\nfunction:\n  grammar: {prefix: x}\n";
        var random = new Random(seed);
        for (var i = 0; i < Cases; i++)
        {
            var text = new StringBuilder(good);
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0:
                        text.Remove(at, Math.Min(text.Length - at - 1, random.Next(1, 8)));
                        break;
                    case 1:
                        text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                        break;
                    default:
                        text[at] = (char)random.Next(1, 300);
                        break;
                }
            }

            _folder.With($"f{i:000}.yaml", text.ToString());
        }

        AssertLoads();
    }

    private void AssertLoads()
    {
        var catalogue = _folder.With("weights.gguf", "").Load();
        Assert.True(catalogue.Models.Count + catalogue.Broken.Count >= Cases);
        Assert.All(catalogue.Broken, broken => Assert.False(string.IsNullOrWhiteSpace(broken.Reason) || broken.Line < 0, broken.ToString()));
    }
}
