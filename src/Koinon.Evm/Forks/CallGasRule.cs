namespace Koinon.Evm.Forks;

/// <summary>How much gas a call may take along.</summary>
public enum CallGasRule : byte
{
    /// <summary>As much as it asks for; the caller halts where it has less.</summary>
    Exact,

    /// <summary>At most all but one 64th of what the caller has left (EIP-150).</summary>
    AllButOne64th,
}
