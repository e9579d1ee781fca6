using LocalAI.Pipeline.ModelCatalogue.Yaml;

namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>What reading one file has found so far.</summary>
internal sealed class Findings
{
    /// <summary>Whoever wrote more than this wrong needs no longer list.</summary>
    private const int Most = 100;

    private readonly List<ModelMistake> _mistakes = [];
    private readonly List<ModelMistake> _warnings = [];

    public IReadOnlyList<ModelMistake> Mistakes => _mistakes;

    public IReadOnlyList<ModelMistake> Warnings => _warnings;

    public void Mistake(int line, string reason) => Add(_mistakes, line, reason);

    public void Mistake(YamlEntry entry, string path, string reason) => Add(_mistakes, entry.Value.Line, $"{path} {reason}");

    public void Warn(int line, string reason) => Add(_warnings, line, reason);

    private static void Add(List<ModelMistake> list, int line, string reason)
    {
        if (list.Count < Most)
        {
            list.Add(new ModelMistake(line, reason));
        }
    }
}
