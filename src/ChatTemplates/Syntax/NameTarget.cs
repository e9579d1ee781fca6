namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>A variable of the current scope.</summary>
internal sealed class NameTarget(string name) : Target
{
    private int _slot = -1;

    public override void Bind(Scope scope) => _slot = scope.Declare(name);

    public override void Assign(RenderState s, object value) => s.Frame.Slots[_slot] = value;
}
