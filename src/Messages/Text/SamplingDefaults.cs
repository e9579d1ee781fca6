namespace LocalAI.Pipeline.Messages.Text;

/// <summary>What holds where neither a request nor its model says anything: llama.cpp's server's own values.</summary>
public static class SamplingDefaults
{
    /// <summary>Temperature.</summary>
    public const float Temperature = 0.8f;

    /// <summary>Top k.</summary>
    public const int TopK = 40;

    /// <summary>Top p.</summary>
    public const float TopP = 0.95f;

    /// <summary>Min p.</summary>
    public const float MinP = 0.05f;

    /// <summary>Tokens that the penalties look back on.</summary>
    public const int RepeatLastN = 64;

    /// <summary>Mirostat's target entropy.</summary>
    public const float MirostatTau = 5;

    /// <summary>Mirostat's learning rate.</summary>
    public const float MirostatEta = 0.1f;

    /// <summary>XTC's threshold.</summary>
    public const float XtcThreshold = 0.1f;

    /// <summary>DRY's base.</summary>
    public const float DryBase = 1.75f;

    /// <summary>Repeated length that DRY leaves alone.</summary>
    public const int DryAllowedLength = 2;
}
