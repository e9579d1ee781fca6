namespace LocalAI.Pipeline.ChatTemplates.Rendering;

/// <summary>The names that one scope of the source assigns, each with its slot. Complete after parsing.</summary>
internal sealed class Scope(Scope? parent, bool isMacro = false)
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

    public Scope? Parent { get; } = parent;
    public bool IsMacro { get; } = isMacro;
    public int Count => _slots.Count;
    public bool UsesCaller { get; set; }
    public bool UsesVarargs { get; set; }
    public bool UsesKwargs { get; set; }

    public int Declare(string name)
    {
        if (!_slots.TryGetValue(name, out int slot))
            _slots.Add(name, slot = _slots.Count);
        return slot;
    }

    public bool TryFind(string name, out int slot) => _slots.TryGetValue(name, out slot);

    /// <summary>A macro takes the special names only where its body mentions them, as in Jinja.</summary>
    public void NoteLoad(string name)
    {
        if (name is not ("caller" or "varargs" or "kwargs")) return;
        Scope? scope = this;
        while (scope is { IsMacro: false }) scope = scope.Parent;
        if (scope is null) return;
        scope.UsesCaller |= name == "caller";
        scope.UsesVarargs |= name == "varargs";
        scope.UsesKwargs |= name == "kwargs";
    }
}
