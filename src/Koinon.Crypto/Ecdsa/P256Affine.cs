namespace Koinon.Crypto.Ecdsa;

/// <summary>A point of P-256 in affine coordinates, of magnitude 1; never infinity.</summary>
internal struct P256Affine
{
    /// <summary>The coordinates, in Montgomery form.</summary>
    internal P256Field X, Y;
}
