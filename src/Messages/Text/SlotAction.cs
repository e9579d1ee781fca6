namespace LocalAI.Pipeline.Messages.Text;

/// <summary>What is done with a slot.</summary>
public enum SlotAction
{
    /// <summary>What it holds is written to a file.</summary>
    Save,

    /// <summary>A file takes the place of what it holds.</summary>
    Restore,

    /// <summary>It holds nothing any more.</summary>
    Erase,
}
