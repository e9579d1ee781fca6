namespace LocalAI.Pipeline.Messages.Text;

/// <summary>Whether tools are called.</summary>
public enum ToolChoiceMode
{
    /// <summary>The model decides.</summary>
    Auto,

    /// <summary>Never.</summary>
    None,

    /// <summary>At least one call.</summary>
    Required,
}
