namespace Koinon.Crypto;
/// <summary>Keccak-256.</summary>
public static class Keccak256
{
    /// <summary>Length of a digest in bytes.</summary>
    public const int HashBytes = 32;
}
