using Koinon.Primitives;

namespace Koinon.Rpc.Development.Impersonation;

/// <summary>Whose transactions are taken without a signature, contracts' included.</summary>
/// <remarks>Safe from any thread.</remarks>
public interface IImpersonation
{
    /// <summary>Whether that is everybody.</summary>
    bool IncludesAll { get; set; }

    /// <summary>Whether an account is among them.</summary>
    bool Includes(in Address account);

    /// <summary>Begins to take them.</summary>
    void Start(in Address account);

    /// <summary>Takes them no longer.</summary>
    /// <returns>Whether they were taken.</returns>
    bool Stop(in Address account);

    /// <summary>Has contracts recover an account from a signature, whatever is signed.</summary>
    /// <param name="signature">65 bytes: r, s and v.</param>
    /// <param name="signer">The account.</param>
    void Recover(ReadOnlySpan<byte> signature, in Address signer);
}
